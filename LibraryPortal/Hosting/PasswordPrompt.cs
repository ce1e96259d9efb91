using System.Security.Cryptography;
using System.Text;
using LibraryPortal.Domain;

namespace LibraryPortal.Hosting;

/// <summary>A password for a command: read from standard input, asked for without showing it, or made.</summary>
internal sealed record PasswordPrompt(string Text, bool IsMade)
{
    /// <summary>Said when <see cref="Read"/> returns null.</summary>
    public static Refusal Refusal { get; } = new(RefusalKind.Invalid, "The two passwords differ, or standard input was empty. Nothing was changed.");

    /// <returns>Null when what was typed cannot be used.</returns>
    public static PasswordPrompt? Read(bool fromInput)
    {
        if (fromInput)
            return Console.In.ReadLine() is { Length: > 0 } line ? new PasswordPrompt(line, IsMade: false) : null;
        if (Console.IsInputRedirected)
            return Make();

        var first = Ask("Password (empty: make one): ");
        if (first.Length == 0)
            return Make();
        return Ask("Again: ") == first ? new PasswordPrompt(first, IsMade: false) : null;
    }

    /// <summary>The sentence, with the password where it was made here: this is the only time it can be read.</summary>
    public string Tell(string sentence) => IsMade ? $"{sentence} Password: {Text}" : sentence;

    static PasswordPrompt Make()
    {
        // No letters that look alike; 20 of 54 signs are 115 bits.
        const string signs = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        return new PasswordPrompt(RandomNumberGenerator.GetString(signs, 20), IsMade: true);
    }

    static string Ask(string question)
    {
        Console.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        Console.WriteLine();
        return typed.ToString();
    }
}
