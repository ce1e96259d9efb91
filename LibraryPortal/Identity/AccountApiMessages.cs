using System.Text.Json.Serialization;

namespace LibraryPortal.Identity;

/// <param name="Role">Ignored for anyone but an admin.</param>
internal sealed record RegisterRequest(string? Username, string? Email, string? Password, string? Role = null);

internal sealed record RegisterReply(string Msg);

internal sealed record LoginRequest(string? Username, string? Password, [property: JsonPropertyName("two_factor_code")] string? TwoFactorCode = null);

/// <param name="ExpiresIn">Seconds.</param>
internal sealed record LoginReply(
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

internal sealed record AccountReply(string? Username, string? Email, string Role);
