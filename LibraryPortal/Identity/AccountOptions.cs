using System.ComponentModel.DataAnnotations;

namespace LibraryPortal.Identity;

/// <summary>Settings under <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    public const string Section = "Accounts";

    /// <summary>Whether a new account must follow the link in a mail before it can sign in. Needs an SMTP server. Default: false.</summary>
    public bool RequireConfirmedAccount { get; set; }

    /// <summary>Wrong passwords in a row that lock an account. Default: 5.</summary>
    [Range(3, 100)]
    public int LockoutFailures { get; set; } = 5;

    /// <summary>How long an account stays locked, in minutes. Default: 15.</summary>
    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 15;

    /// <summary>How long an access token of the API is good, in hours. Default: 8.</summary>
    [Range(1, 720)]
    public int TokenHours { get; set; } = 8;

    /// <summary>How soon open pages, cookies and connections to the hub notice a changed password, role or lock, in seconds. Default: 30.</summary>
    [Range(1, 3600)]
    public int RevalidateSeconds { get; set; } = 30;

    /// <summary>How long the setup link for the first admin is good, in hours. Default: 24.</summary>
    [Range(1, 168)]
    public int SetupLinkHours { get; set; } = 24;
}
