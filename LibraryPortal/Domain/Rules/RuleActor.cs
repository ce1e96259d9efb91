namespace LibraryPortal.Domain.Rules;

/// <summary>Who wants to change a request.</summary>
public enum RuleActor
{
    /// <summary>The patron whose request it is; also a librarian's own.</summary>
    Owner,

    /// <summary>A librarian, for somebody else.</summary>
    Librarian,

    /// <summary>Another patron, who may not even know that it exists.</summary>
    Stranger,
}
