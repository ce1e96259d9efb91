using System.CommandLine;
using LibraryPortal.Hosting.Bench;
using Microsoft.Extensions.Options;

namespace LibraryPortal.Hosting;

/// <summary>The program's commands. Settings such as <c>--urls</c> or <c>--ConnectionStrings:Redis</c> may stand anywhere and go to the configuration.</summary>
internal static class PortalCommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var (commands, settings) = SettingArguments.Split(args);
        var root = new RootCommand("LibraryPortal: a self-hosted library portal. Without a command it serves pages and runs jobs in one process.");
        root.SetAction((_, token) => PortalHost.RunAsync(PortalRole.All, settings, token));
        root.Subcommands.Add(Role("web", PortalRole.Web, "Serve pages only; jobs are run by workers. Needs Redis.", settings));
        root.Subcommands.Add(Role("worker", PortalRole.Worker, "Run jobs only. Needs Redis.", settings));
        root.Subcommands.Add(CatalogCommands.Import(settings));
        root.Subcommands.Add(DatabaseCommands.Database(settings));
        root.Subcommands.Add(new Command("bench", "Measure this program on this machine.") { BenchCommands.Search(settings), QueueBenchCommand.Create() });
        root.Subcommands.Add(UserCommands.Create(settings));
        try
        {
            return await root.Parse(commands).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (SettingException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        catch (OptionsValidationException error)
        {
            foreach (var failure in error.Failures)
                await Console.Error.WriteLineAsync(failure);
            return 2;
        }
    }

    static Command Role(string name, PortalRole role, string description, string[] settings)
    {
        var command = new Command(name, description);
        command.SetAction((_, token) => PortalHost.RunAsync(role, settings, token));
        return command;
    }
}
