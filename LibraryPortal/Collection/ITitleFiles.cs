namespace LibraryPortal.Collection;

/// <summary>Where pictures of titles are kept, so that they can go with the title. The slice that keeps them registers it.</summary>
internal interface ITitleFiles
{
    /// <summary>Removes a file; one that is no longer there is no error.</summary>
    void Delete(string file);
}
