namespace LibraryPortal.Identity.Accounts;

/// <summary>Where files made for accounts are kept, so that they can go with the account. A slice that keeps such files registers one.</summary>
internal interface IAccountFiles
{
    /// <summary>Removes a file; one that is no longer there is no error.</summary>
    /// <exception cref="IOException">It cannot be removed now.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be removed by this program.</exception>
    void Delete(string storedName);
}
