namespace LibraryPortal.Jobs.Stores;

/// <summary>A store whose connections can be replaced, for when they seem well and are not.</summary>
internal interface IReconnectingStore
{
    /// <summary>Replaces the connections that jobs and wake-ups take. What is under way on the old ones fails, and may have been done.</summary>
    Task ReconnectAsync();
}
