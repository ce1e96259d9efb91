namespace LibraryPortal.Components.Shared.Navigation;

/// <summary>Whom a way through the portal is for.</summary>
public enum NavigationArea
{
    /// <summary>Everyone who is signed in.</summary>
    Reader,

    /// <summary>Librarians and admins.</summary>
    Staff,

    /// <summary>Admins.</summary>
    Admin,
}
