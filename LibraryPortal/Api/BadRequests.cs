using System.Globalization;
using System.Text.Json;

namespace LibraryPortal.Api;

/// <summary>Says what was wrong with a request that could not be read, in the client's terms.</summary>
internal static class BadRequests
{
    public const string NotJson = "Send the body as JSON, with the header 'Content-Type: application/json'.";
    public const string NotAnObject = "The request needs a JSON object as its body.";
    public const string TooLarge = "The body is too large: at most 64 KB are read.";

    public static string Explain(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => NotJson,
        _ when error.InnerException is JsonException json => Explain(json),
        _ when error.Message.Contains("body", StringComparison.OrdinalIgnoreCase) => NotAnObject,
        // Failed to bind parameter "int page" from "abc".
        _ when error.Message.Split('"') is ["Failed to bind parameter ", var parameter, " from ", var value, ".", ..] =>
            $"'{parameter.Split(' ')[^1]}' is '{value}', which is not of the form expected.",
        _ => error.Message,
    };

    static string Explain(JsonException error)
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        // "The JSON value could not be converted": well formed, but of another type than expected.
        if (error.Message.Contains("could not be converted", StringComparison.Ordinal))
        {
            return error.Path is { Length: > 2 } path
                ? $"The value of '{path[2..]}' ({place}) has another type than expected."
                : NotAnObject;
        }

        var reason = error.Message.Split(" Path: ", 2)[0].Split(" LineNumber: ", 2)[0].TrimEnd('.');
        return $"The body is not valid JSON at {place}: {reason}.";
    }
}
