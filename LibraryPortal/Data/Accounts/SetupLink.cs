namespace LibraryPortal.Data.Accounts;

/// <summary>A link, printed to the log, with which the first admin is made. Only a hash of its token is kept.</summary>
public sealed class SetupLink
{
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the token, in hexadecimal digits.</summary>
    public required string TokenHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
