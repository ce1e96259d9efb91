using LibraryPortal.Domain.Labels;

namespace LibraryPortal.Identity.Pages.Parts;

/// <summary>The key of a second factor, as people type it and as apps read it.</summary>
internal static class AuthenticatorKey
{
    const string Issuer = "LibraryPortal";

    /// <summary>In groups of four.</summary>
    public static string Readable(string key) =>
        string.Join(' ', key.Chunk(4).Select(group => new string(group))).ToUpperInvariant();

    /// <summary>The link that authenticator apps understand.</summary>
    public static string Link(string key, string userName) =>
        $"otpauth://totp/{Issuer}:{Uri.EscapeDataString(userName)}?secret={key}&issuer={Issuer}&digits=6";

    /// <summary>The link as a QR code in SVG; null when a very long user name makes it too long for one. The link and the key serve then.</summary>
    public static string? Picture(string link) =>
        QrCode.Encode(link).Value is { } code ? LabelSvg.Of(code, "QR code of the key") : null;
}
