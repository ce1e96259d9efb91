namespace LibraryPortal.Features.Requests;

/// <summary>Which of their requests a patron looks at.</summary>
internal enum RequestFilter
{
    All,

    /// <summary>Waiting, ready or on loan.</summary>
    Current,

    /// <summary>Ended, in whatever way.</summary>
    Past,
}
