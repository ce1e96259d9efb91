namespace LibraryPortal.Components.Shared.Toasts;

/// <summary>A short message in the corner of the page; never the only place where something is said.</summary>
/// <param name="Text">One sentence.</param>
/// <param name="ActionText">The words of its link or button, for example "Download" or "Undo"; null for none.</param>
/// <param name="ActionHref">Where the link goes.</param>
public sealed record Toast(ToastTone Tone, string Text, string? ActionText = null, string? ActionHref = null)
{
    /// <summary>Two toasts of the same key are one: the later replaces the earlier. Unset: every toast is its own.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>Runs when the action is clicked, in place of a link; the toast goes away with it. Null: the action is a link.</summary>
    public Func<Task>? OnAction { get; init; }

    /// <summary>True for a link that must leave the page's router: a file or a static page.</summary>
    public bool IsDownload { get; init; }
}
