using System.Text.Json;
using System.Text.Json.Serialization;
using LibraryPortal.Jobs.Handlers;

namespace LibraryPortal.Jobs.Client;

/// <summary>Reads arguments that a person wrote for a job known by name: strictly, because a slip of the pen must not become a default.</summary>
internal sealed class NamedArgs(JobRegistry registry)
{
    static readonly JsonSerializerOptions Strict = new(JobJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <exception cref="ArgumentException">No job has the name, or the arguments do not fit; the message says what is wrong and what was expected.</exception>
    public IJobArgs Read(string name, JsonElement args)
    {
        if (!registry.TryFind(name, out var type))
            throw new ArgumentException($"There is no job named '{name}'. Known are: {string.Join(", ", registry.Names)}.", nameof(name));
        if (args.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"The arguments of '{name}' are {args.ValueKind}; expected a JSON object such as {Example(type.Args)}.", nameof(args));
        try
        {
            return (IJobArgs)args.Deserialize(type.Args, Strict)!;
        }
        catch (JsonException error)
        {
            throw new ArgumentException($"The arguments do not fit '{name}': {Reason(error)} Expected: {Example(type.Args)}.", nameof(args), error);
        }
    }

    // The serializer names our types where a person knows the job.
    static string Reason(JsonException error) => error switch
    {
        { Message: var text } when text.Contains("could not be mapped", StringComparison.Ordinal) => $"{text[..text.IndexOf(" could not", StringComparison.Ordinal)]} is unknown.",
        { Path: { Length: > 1 } path } => $"{path[2..]} has the wrong form.",
        _ => "something is missing.",
    };

    static string Example(Type args) =>
        $"{{ {string.Join(", ", args.GetProperties().Where(static one => one.CanRead).Select(static one => $"\"{JsonNamingPolicy.CamelCase.ConvertName(one.Name)}\": {Form(one.PropertyType)}"))} }}";

    static string Form(Type type)
    {
        var optional = Nullable.GetUnderlyingType(type);
        return optional is not null ? $"{Form(optional)} or null"
            : type == typeof(string) ? "text"
            : type == typeof(Guid) || type == typeof(JobId) ? "id"
            : type == typeof(bool) ? "true or false"
            : type == typeof(TimeSpan) ? "\"hh:mm:ss\""
            : type.IsPrimitive || type == typeof(decimal) ? "number"
            : type.IsEnum ? string.Join('|', Enum.GetNames(type))
            : type.Name;
    }
}
