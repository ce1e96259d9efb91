namespace LibraryPortal.Domain.Audit;

/// <summary>Who made a change.</summary>
/// <param name="Id">The account; null for the portal itself.</param>
/// <param name="Name">As it is read years later, when the account may be gone.</param>
public sealed record AuditActor(string? Id, string Name)
{
    /// <summary>Nightly jobs and other things that happen by themselves.</summary>
    public static AuditActor Portal { get; } = new(null, "The portal");
}
