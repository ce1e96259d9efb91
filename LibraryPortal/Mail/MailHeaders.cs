using System.Net.Mail;

namespace LibraryPortal.Mail;

/// <summary>Keeps a header one header: a line break in an address or a subject would let its author write further headers, or a second mail.</summary>
internal static class MailHeaders
{
    /// <exception cref="ArgumentException">The address is not one address, or the subject is not one line.</exception>
    public static void Check(string to, string subject)
    {
        if (to.Any(char.IsControl) || !MailAddress.TryCreate(to, out var address) || !string.Equals(address.Address, to, StringComparison.Ordinal))
            throw new ArgumentException("A mail goes to exactly one plain address.", nameof(to));
        if (string.IsNullOrWhiteSpace(subject) || subject.Any(char.IsControl))
            throw new ArgumentException("A subject is one line of text.", nameof(subject));
    }
}
