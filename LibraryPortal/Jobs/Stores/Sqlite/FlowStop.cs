namespace LibraryPortal.Jobs.Stores.Sqlite;

/// <summary>Why no more gates of a flow open.</summary>
internal enum FlowStop
{
    None,
    Failed,
    Cancelled,
}
