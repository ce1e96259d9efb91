using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace LibraryPortal.Tests.Architecture;

/// <summary>Which types each type of an assembly mentions: in its base, members, signatures, attributes and method bodies.
/// What the compiler generates counts for the type it was written in.</summary>
internal static class TypeReferences
{
    const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    public static IReadOnlyDictionary<Type, IReadOnlySet<Type>> Of(Assembly assembly)
    {
        var result = new Dictionary<Type, HashSet<Type>>();
        foreach (var type in assembly.GetTypes())
        {
            var author = Outermost(type);
            if (!result.TryGetValue(author, out var mentioned))
                result[author] = mentioned = [];
            Collect(type, mentioned);
            mentioned.Remove(author);
        }

        return result.ToDictionary(pair => pair.Key, pair => (IReadOnlySet<Type>)pair.Value);
    }

    static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    static void Collect(Type type, HashSet<Type> into)
    {
        Add(type.BaseType, into);
        foreach (var contract in type.GetInterfaces())
            Add(contract, into);
        AddAttributes(type, into);
        foreach (var member in type.GetMembers(Everything))
        {
            AddAttributes(member, into);
            switch (member)
            {
                case FieldInfo field:
                    Add(field.FieldType, into);
                    break;
                case PropertyInfo property:
                    Add(property.PropertyType, into);
                    break;
                case MethodBase method:
                    CollectMethod(method, into);
                    break;
            }
        }
    }

    static void AddAttributes(MemberInfo member, HashSet<Type> into)
    {
        foreach (var attribute in member.GetCustomAttributesData())
        {
            if (attribute.AttributeType.GetCustomAttribute<CompilerGeneratedAttribute>() is null)
                Add(attribute.AttributeType, into);
        }
    }

    static void CollectMethod(MethodBase method, HashSet<Type> into)
    {
        if (method is MethodInfo { ReturnType: var returned })
            Add(returned, into);
        foreach (var parameter in method.GetParameters())
            Add(parameter.ParameterType, into);
        if (method.GetMethodBody() is not { } body)
            return;
        foreach (var local in body.LocalVariables)
            Add(local.LocalType, into);
        CollectInstructions(method, body.GetILAsByteArray()!, into);
    }

    static void CollectInstructions(MethodBase method, byte[] code, HashSet<Type> into)
    {
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method.IsGenericMethodDefinition ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++];
            var instruction = OpCodesByValue[value == 0xFE ? (short)(0xFE00 | code[at++]) : value];
            if (instruction.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                switch (method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments))
                {
                    case Type type:
                        Add(type, into);
                        break;
                    case FieldInfo field:
                        Add(field.DeclaringType, into);
                        Add(field.FieldType, into);
                        break;
                    case MethodBase called:
                        Add(called.DeclaringType, into);
                        foreach (var argument in called.IsGenericMethod ? called.GetGenericArguments() : [])
                            Add(argument, into);
                        break;
                }
            }

            at += OperandLength(instruction.OperandType, code, at);
        }
    }

    static int OperandLength(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    static void Add(Type? type, HashSet<Type> into)
    {
        if (type is null || type.IsGenericParameter)
            return;
        if (type.HasElementType)
        {
            Add(type.GetElementType(), into);
            return;
        }

        foreach (var argument in type.GenericTypeArguments)
            Add(argument, into);
        into.Add(Outermost(type.IsGenericType ? type.GetGenericTypeDefinition() : type));
    }
}
