namespace LibraryPortal.Components.Shared.Toasts;

/// <summary>What sort of news a toast brings.</summary>
public enum ToastTone
{
    Info,
    Success,
    Error,
}
