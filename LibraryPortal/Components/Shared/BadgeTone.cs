namespace LibraryPortal.Components.Shared;

/// <summary>How a state feels: the colour of its badge.</summary>
public enum BadgeTone
{
    Neutral,
    Info,

    /// <summary>At work now; the icon turns unless the reader prefers less motion.</summary>
    Busy,
    Success,
    Warning,
    Danger,
}
