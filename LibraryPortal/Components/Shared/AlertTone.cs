namespace LibraryPortal.Components.Shared;

/// <summary>How grave a message on the page is.</summary>
public enum AlertTone
{
    Info,
    Success,
    Warning,
    Error,
}
