namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>What the browser answered: a credential as JSON, or why there is none.</summary>
internal sealed class PasskeyInput
{
    public string? CredentialJson { get; set; }

    public string? Error { get; set; }
}
