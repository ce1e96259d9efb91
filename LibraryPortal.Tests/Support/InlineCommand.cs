using LibraryPortal.Hosting;

namespace LibraryPortal.Tests.Support;

/// <summary>The program's commands, run in the process of the tests: what each writes is its own, however many run at once. Quicker by a second each than
/// <see cref="PortalProcess.RunAsync"/>, which shows what only a process of its own does.</summary>
internal static class InlineCommand
{
    static readonly AsyncLocal<Written?> Current = new();

    static InlineCommand()
    {
        Console.SetOut(new Switch(Console.Out, static written => written.Output));
        Console.SetError(new Switch(Console.Error, static written => written.Errors));
    }

    /// <returns>The exit code, standard output and standard error.</returns>
    public static async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var written = new Written(new StringWriter(), new StringWriter());
        Current.Value = written;
        var code = await PortalCommandLine.RunAsync(arguments);
        Current.Value = null;
        return (code, written.Output.ToString(), written.Errors.ToString());
    }

    sealed record Written(StringWriter Output, StringWriter Errors);

    sealed class Switch(TextWriter usual, Func<Written, TextWriter> own) : TextWriter
    {
        public override System.Text.Encoding Encoding => usual.Encoding;

        TextWriter Target => Current.Value is { } written ? own(written) : usual;

        public override void Write(char value) => Target.Write(value);

        public override void Write(string? value) => Target.Write(value);

        public override void Flush() => Target.Flush();
    }
}
