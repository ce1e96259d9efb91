namespace LibraryPortal.Jobs.Stores;

/// <summary>An ended job whose outcome cannot be read.</summary>
/// <param name="Why">What is wrong with it.</param>
public sealed record UnreadableEnd(JobId Id, string Why);
