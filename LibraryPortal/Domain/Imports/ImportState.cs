namespace LibraryPortal.Domain.Imports;

/// <summary>Where an import is in its life: Uploaded → Checking → Checked → Importing → Done → Undoing → Undone.</summary>
public enum ImportState
{
    /// <summary>The file is here; its columns can be told. Nothing is changed yet.</summary>
    Uploaded,

    /// <summary>The whole file is read as the import will read it, changing nothing.</summary>
    Checking,

    /// <summary>What the import will do is known.</summary>
    Checked,

    /// <summary>Rows are written.</summary>
    Importing,

    /// <summary>Stopped by a person or by a fault after some rows; can go on or be undone.</summary>
    Stopped,

    /// <summary>All rows are written.</summary>
    Done,

    /// <summary>What the import brought is taken out again.</summary>
    Undoing,

    /// <summary>An undo was stopped by a person or by a fault; it can only be gone on with, because a part is gone already.</summary>
    UndoStopped,

    /// <summary>What the import brought is gone, but for what is in use.</summary>
    Undone,
}
