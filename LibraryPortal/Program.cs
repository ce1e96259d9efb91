using LibraryPortal.Hosting;

return await PortalCommandLine.RunAsync(args);

/// <summary>The entry point; public so that tests can start the program through it.</summary>
public partial class Program;
