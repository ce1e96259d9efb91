namespace LibraryPortal.Jobs.Flows;

/// <summary>Conversions that leave a value's JSON as it is: to what the value is already, to one that may be null, and to a number that holds more.
/// Any other would never happen, as a job is handed the JSON of the step before.</summary>
internal static class SameJson
{
    public static bool Is(Type from, Type to)
    {
        if (to.IsAssignableFrom(from))
            return true;
        if (Nullable.GetUnderlyingType(to) is { } inner)
            return Is(Nullable.GetUnderlyingType(from) ?? from, inner);
        return !from.IsEnum && !to.IsEnum && HoldsMore(Type.GetTypeCode(to), Type.GetTypeCode(from));
    }

    // As C# converts numbers unasked.
    static bool HoldsMore(TypeCode wide, TypeCode narrow) => narrow switch
    {
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 =>
            wide is TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal && wide > narrow,
        TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => wide > narrow && wide <= TypeCode.Decimal,
        TypeCode.Single => wide == TypeCode.Double,
        _ => false,
    };
}
