namespace LibraryPortal.Features.Desk;

/// <summary>How an answer feels: its colour, icon and sound.</summary>
public enum DeskTone
{
    /// <summary>Done; go on.</summary>
    Done,

    /// <summary>Done, but look: something must be done by hand.</summary>
    Alert,

    /// <summary>Not done.</summary>
    Refused,

    /// <summary>Nothing was to do; this is how it is.</summary>
    Told,
}
