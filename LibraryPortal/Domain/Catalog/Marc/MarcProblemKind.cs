namespace LibraryPortal.Domain.Catalog.Marc;

/// <summary>What is wrong with a record or with the file around it.</summary>
internal enum MarcProblemKind
{
    /// <summary>The bytes do not begin as a record does.</summary>
    NotARecord,

    /// <summary>The length in the leader is not where the record ends.</summary>
    WrongLength,

    /// <summary>More bytes than the format can say.</summary>
    TooLong,

    /// <summary>The leader cannot be read.</summary>
    BadLeader,

    /// <summary>The directory of fields cannot be read or points outside the record.</summary>
    BadDirectory,

    /// <summary>The file ends inside the record.</summary>
    Truncated,

    /// <summary>The next record begins before this one was ended.</summary>
    MissingTerminator,

    /// <summary>One field cannot be read; it is left out and the rest of the record kept.</summary>
    BadField,

    /// <summary>Some characters cannot be read; each stands as U+FFFD.</summary>
    Characters,

    /// <summary>The XML is not well-formed, or uses what is not accepted from a file.</summary>
    Xml,
}
