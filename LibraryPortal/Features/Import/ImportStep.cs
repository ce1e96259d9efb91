namespace LibraryPortal.Features.Import;

/// <summary>What an import can be told to do next.</summary>
internal enum ImportStep
{
    /// <summary>Read the whole file and say what importing it would do.</summary>
    Check,

    /// <summary>Write the rows, or go on writing.</summary>
    Import,

    /// <summary>Take out again what the import brought.</summary>
    Undo,
}
