namespace LibraryPortal.Components.Shared.Toasts;

/// <summary>Shows toasts on the page of this circuit. Call it from any thread.</summary>
public interface IToasts
{
    /// <summary>Shows a toast for 8 s (errors and toasts with a link: until dismissed). At most four are shown; the oldest gives way.</summary>
    void Show(Toast toast);

    /// <summary>Takes a toast away; an unknown key is fine.</summary>
    void Dismiss(string key);
}
