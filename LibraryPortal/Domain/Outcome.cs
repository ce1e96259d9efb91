using System.Diagnostics.CodeAnalysis;

namespace LibraryPortal.Domain;

/// <summary>A value, or the refusal that stands in its place.</summary>
public readonly record struct Outcome<T>
{
    internal Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAllowed => Refusal is null;

    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Returning a value or a refusal is the whole use of the type.")]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Returning a value or a refusal is the whole use of the type.")]
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>Makes outcomes of types that a conversion cannot be declared for.</summary>
public static class Outcomes
{
    /// <summary>An allowed outcome whose value is of an interface type.</summary>
    public static Outcome<T> Of<T>(T value) => new(value, null);
}
