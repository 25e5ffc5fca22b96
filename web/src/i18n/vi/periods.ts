/** Closing of periods (chốt số liệu). */
export const periods = {
  closing: {
    action: 'Chốt số liệu',
    title: 'Chốt số liệu của một tháng',
    calendar: 'Cách tính tháng',
    calendars: {
      administrative: 'Tháng báo cáo (từ ngày 15 tháng trước đến ngày 14)',
      calendar: 'Tháng dương lịch',
    },
    month: 'Tháng',
    note: 'Ghi chú (không bắt buộc)',
    text: 'Số liệu {{days}} thành số cuối cùng. Từ đó, bản sửa hoặc tệp gửi muộn của ngân hàng phải chờ một người duyệt; mọi thay đổi khác được ghi là điều chỉnh sau chốt.',
    done: 'Đã chốt số liệu {{days}}.',
    closed: 'Đã chốt {{month}} ({{days}}) · {{name}}, {{at}}',
  },
} as const;
