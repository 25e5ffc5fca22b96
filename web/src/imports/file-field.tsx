import UploadOutlined from '@ant-design/icons/UploadOutlined';
import { type DragEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import './file-field.css';

interface FileFieldProps {
  readonly help: string;
  readonly onFile: (file: File) => void;
}

/** Takes one file, by choosing or by dropping it here. */
export function FileField({ help, onFile }: FileFieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div
      className={isOver ? 'file-field over' : 'file-field'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        id={id}
        className="visually-hidden"
        type="file"
        accept=".csv,text/csv"
        aria-describedby={`${id}-help`}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) onFile(file);
        }}
      />
      {/* The browser's own button speaks the browser's language, not the page's. */}
      <label htmlFor={id}>
        <UploadOutlined aria-hidden /> {t('import.choose')}
      </label>
      <p id={`${id}-help`} className="soft">
        {help}
      </p>
    </div>
  );
}
