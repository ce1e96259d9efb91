
namespace LibraryPortal.Identity;

/// <param name="Role">Ignored for anyone but an admin.</param>
internal sealed record RegisterRequest(string? Username, string? Email, string? Password, string? Role = null);

internal sealed record RegisterReply(string Msg);

internal sealed record LoginRequest(string? Username, string? Password, string? TwoFactorCode = null);

/// <param name="ExpiresIn">Seconds.</param>
internal sealed record LoginReply(
    string AccessToken,
    string TokenType,
    int ExpiresIn);

internal sealed record AccountReply(string? Username, string? Email, string Role);
