using LibraryPortal.Components.Shared;
using LibraryPortal.Components.Shared.Toasts;
using LibraryPortal.Domain.Notices;

namespace LibraryPortal.Features.Notices;

/// <summary>How each kind of notice looks, as a row and as a toast.</summary>
internal static class NoticeLooks
{
    /// <param name="link">Where it leads, which for news of requests and loans names the page.</param>
    public static (IconName Icon, string LinkText, bool IsDownload) Of(NoticeKind kind, string? link = null) => kind switch
    {
        NoticeKind.ReportReady => (IconName.Download, "Download", true),
        NoticeKind.ReportFailed => (IconName.Alert, "My exports", false),
        NoticeKind.RequestChanged => (IconName.Book, link == "/me/loans" ? "My loans" : "My requests", false),
    };

    public static Toast Toast(Notice notice)
    {
        var (_, text, isDownload) = Of(notice.Kind, notice.Link);
        return new Toast(Tone(notice.Kind), notice.Text, notice.Link is null ? null : text, notice.Link)
        {
            Key = ToastKey(notice.Id),
            IsDownload = isDownload,
        };
    }

    public static string ToastKey(Guid noticeId) => $"notice-{noticeId:N}";

    static ToastTone Tone(NoticeKind kind) => kind switch
    {
        NoticeKind.ReportReady => ToastTone.Success,
        NoticeKind.ReportFailed => ToastTone.Error,
        NoticeKind.RequestChanged => ToastTone.Info,
    };
}
