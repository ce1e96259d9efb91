namespace LibraryPortal.Tests.Architecture;

/// <summary>One line of "who may know whom": what types under a namespace must not mention, and why.</summary>
/// <param name="From">The namespace it binds, with everything below it.</param>
/// <param name="Reason">Said when it is broken.</param>
internal sealed record DependencyRule(string From, string Reason)
{
    /// <summary>Our own namespaces it may mention beside itself. Null: any.</summary>
    public string[]? MayKnow { get; init; }

    /// <summary>Namespaces of anyone's that it must not mention.</summary>
    public string[] Never { get; init; } = [];

    /// <summary>Namespaces below <see cref="From"/> that the rule does not bind.</summary>
    public string[] Except { get; init; } = [];

    public bool Binds(Type type) => IsUnder(type, From) && !Except.Any(space => IsUnder(type, space));

    public bool Forbids(Type type) =>
        Never.Any(space => IsUnder(type, space))
        || (MayKnow is not null && IsUnder(type, Root) && !IsUnder(type, From) && !MayKnow.Any(allowed => Matches(type, allowed)));

    public override string ToString() => From;

    const string Root = "LibraryPortal";

    // "X!" means the namespace itself without what lies below it.
    static bool Matches(Type type, string allowed) =>
        allowed.EndsWith('!') ? string.Equals(type.Namespace, allowed[..^1], StringComparison.Ordinal) : IsUnder(type, allowed);

    static bool IsUnder(Type type, string space) =>
        type.Namespace is { } own && (own.Equals(space, StringComparison.Ordinal) || own.StartsWith(space + ".", StringComparison.Ordinal));
}
