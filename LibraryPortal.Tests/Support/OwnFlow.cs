namespace LibraryPortal.Tests.Support;

/// <summary>Tells what a test set going, on whatever thread it runs by now, from what runs beside it in the same process. Meters and activities are everybody's.</summary>
internal sealed class OwnFlow
{
    static readonly AsyncLocal<OwnFlow?> Current = new();

    /// <summary>The test's own. What it starts from here on belongs to it.</summary>
    public static OwnFlow Here => Current.Value ??= new OwnFlow();

    /// <summary>Whether the caller was set going by that test.</summary>
    public bool IsHere => Current.Value == this;
}
