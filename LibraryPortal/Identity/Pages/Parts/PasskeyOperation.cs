namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>What the browser is asked to do with a passkey.</summary>
public enum PasskeyOperation
{
    Create,
    Request,
}
