using System.CommandLine;
using LibraryPortal.Data.Migrations;
using LibraryPortal.Domain;
using LibraryPortal.Identity;
using LibraryPortal.Identity.Accounts;
using Microsoft.Data.Sqlite;

namespace LibraryPortal.Hosting;

/// <summary><c>user …</c>: accounts from the command line, for whoever runs the machine. They work beside a running portal on the same database.</summary>
internal static class UserCommands
{
    public static Command Create(string[] settings)
    {
        var command = new Command("user", "Make an admin, reset a password, give a role.");
        command.Subcommands.Add(CreateAdmin(settings));
        command.Subcommands.Add(ResetPassword(settings));
        command.Subcommands.Add(SetRole(settings));
        return command;
    }

    static Command CreateAdmin(string[] settings)
    {
        var userName = Required("--username", "The name to sign in with.");
        var email = Required("--email", "The e-mail address.");
        var fromInput = PasswordFromInput();
        var command = new Command("create-admin", "Make an account that runs the portal.") { userName, email, fromInput };
        command.SetAction(async (parsed, token) => await WithAccountsAsync(settings, async accounts =>
        {
            if (PasswordPrompt.Read(parsed.GetValue(fromInput)) is not { } password)
                return PasswordPrompt.Refusal;
            var outcome = await accounts.CreateAdminAsync(parsed.GetRequiredValue(userName), parsed.GetRequiredValue(email), password.Text);
            return outcome.IsAllowed ? password.Tell($"The admin '{outcome.Value.UserName}' was made.") : outcome.Refusal;
        }, token));
        return command;
    }

    static Command ResetPassword(string[] settings)
    {
        var userName = Required("--username", "The account's user name or e-mail address.");
        var fromInput = PasswordFromInput();
        var command = new Command("reset-password", "Give an account a new password and unlock it. Its sessions and access tokens end.") { userName, fromInput };
        command.SetAction(async (parsed, token) => await WithAccountsAsync(settings, async accounts =>
        {
            if (PasswordPrompt.Read(parsed.GetValue(fromInput)) is not { } password)
                return PasswordPrompt.Refusal;
            var outcome = await accounts.SetPasswordAsync(parsed.GetRequiredValue(userName), password.Text);
            return outcome.IsAllowed ? password.Tell($"'{outcome.Value.UserName}' has a new password.") : outcome.Refusal;
        }, token));
        return command;
    }

    static Command SetRole(string[] settings)
    {
        var userName = Required("--username", "The account's user name or e-mail address.");
        var role = Required("--role", $"One of {string.Join(", ", Roles.All)}.");
        var command = new Command("set-role", "Give an account another role.") { userName, role };
        command.SetAction(async (parsed, token) => await WithAccountsAsync(settings, async accounts =>
        {
            var outcome = await accounts.SetRoleAsync(parsed.GetRequiredValue(userName), parsed.GetRequiredValue(role));
            return outcome.IsAllowed ? $"'{parsed.GetRequiredValue(userName)}' is {outcome.Value} now." : outcome.Refusal;
        }, token));
        return command;
    }

    // The database is brought up to date first: the first admin may be made before the first start.
    static async Task<int> WithAccountsAsync(string[] settings, Func<OperateAccounts, Task<Outcome<string>>> act, CancellationToken cancellationToken)
    {
        await using var app = PortalHost.Build(PortalRole.All, [.. settings, "--Logging:LogLevel:Default=Warning"]);
        try
        {
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
        }
        catch (Exception error) when (error is DatabaseNotReadyException or SqliteException)
        {
            throw DatabaseStartup.Explain(error, app.Services.GetRequiredService<PortalSettings>());
        }

        await using var scope = app.Services.CreateAsyncScope();
        var outcome = await act(scope.ServiceProvider.GetRequiredService<OperateAccounts>());
        if (outcome.IsAllowed)
            await Console.Out.WriteLineAsync(outcome.Value);
        else
            await Console.Error.WriteLineAsync(outcome.Refusal.Message);
        return outcome.IsAllowed ? 0 : 1;
    }

    static Option<string> Required(string name, string description) => new(name) { Description = description, Required = true };

    static Option<bool> PasswordFromInput() => new("--password-stdin")
    {
        Description = "Read the password from standard input. Without it the password is asked for, or made and printed where nobody can be asked.",
    };
}
