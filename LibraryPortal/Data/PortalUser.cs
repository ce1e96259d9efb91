using Microsoft.AspNetCore.Identity;

namespace LibraryPortal.Data;

/// <summary>An account. What a person may do comes from its roles, which only an admin gives.</summary>
public sealed class PortalUser : IdentityUser
{
    /// <summary>The name other people see. Empty: the user name.</summary>
    public string DisplayName { get; set; } = "";

    public DateTimeOffset CreatedAt { get; set; }
}
