using System.Reflection;

namespace LibraryPortal.Jobs.Handlers;

/// <summary>Reads a job type off a handler class and refuses one that could not work, in words its author can act on.</summary>
internal static class JobTypeReader
{
    /// <exception cref="InvalidOperationException">The class is not a usable handler.</exception>
    public static JobType Read(Type handler)
    {
        var attribute = handler.GetCustomAttribute<JobAttribute>()
            ?? throw Refuse(handler, "has no [Job(\"name\")] attribute");
        if (handler.IsAbstract || handler.ContainsGenericParameters)
            throw Refuse(handler, "is abstract or generic; a handler is a plain class");
        if (!JobNames.IsJob(attribute.Name))
            throw Refuse(handler, $"is named '{attribute.Name}'; expected {JobNames.JobForm}");
        if (!JobNames.IsQueue(attribute.Queue))
            throw Refuse(handler, $"names the queue '{attribute.Queue}'; expected {JobNames.QueueForm}");
        if (!Enum.IsDefined(attribute.Priority))
            throw Refuse(handler, $"has the priority {attribute.Priority}; expected one of {string.Join(", ", Enum.GetNames<JobPriority>())}");

        var roles = handler.GetInterfaces()
            .Where(role => role.IsGenericType && role.GetGenericTypeDefinition() is var form && (form == typeof(IJobHandler<>) || form == typeof(IJobHandler<,>)))
            .ToList();
        if (roles.Count != 1)
            throw Refuse(handler, $"implements {roles.Count} handler interfaces; expected exactly one of IJobHandler<TArgs> and IJobHandler<TArgs, TResult>");

        var types = roles[0].GetGenericArguments();
        if (types.Length == 1 && types[0].GetInterfaces().FirstOrDefault(role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IJobArgs<>)) is { } promised)
        {
            throw Refuse(handler,
                $"returns nothing, but {types[0].Name} promises a {promised.GetGenericArguments()[0].Name}; implement IJobHandler<{types[0].Name}, {promised.GetGenericArguments()[0].Name}>");
        }

        if (attribute.Version is < 1 or > RunLimits.MaxVersion)
            throw Refuse(handler, $"has version {attribute.Version}; expected 1 to {RunLimits.MaxVersion}");
        if (attribute.Version > 1 && !handler.IsAssignableTo(typeof(IUpgradeArgs<>).MakeGenericType(types[0])))
            throw Refuse(handler, $"has version {attribute.Version} and cannot read earlier ones; implement IUpgradeArgs<{types[0].Name}>");

        return new JobType
        {
            Name = attribute.Name,
            Queue = attribute.Queue,
            Priority = attribute.Priority,
            Retry = RetryLimits.Check(
                attribute.MaxAttempts, Seconds(attribute.BackoffSeconds), Seconds(attribute.MaxBackoffSeconds), problem => Refuse(handler, problem)),
            ResultTtl = RetryLimits.CheckTtl(Seconds(attribute.ResultTtlSeconds), problem => Refuse(handler, problem)),
            KeepsHistory = attribute.History,
            ExpiresIn = attribute.ExpiresInSeconds == 0 ? null : RunLimits.CheckExpiry(Seconds(attribute.ExpiresInSeconds), problem => Refuse(handler, problem)),
            TimeLimit = attribute.TimeLimitSeconds == 0 ? null : RunLimits.CheckTimeLimit(Seconds(attribute.TimeLimitSeconds), problem => Refuse(handler, problem)),
            TimeLimitGrace = RunLimits.CheckGrace(Seconds(attribute.TimeLimitGraceSeconds), problem => Refuse(handler, problem)),
            Limits = RunLimits.CheckNames(attribute.Limits, problem => Refuse(handler, problem)),
            Version = attribute.Version,
            Handler = handler,
            Args = types[0],
            Invoker = HandlerInvoker.Create(handler, types),
        };
    }

    // Anything a TimeSpan cannot hold is out of range in the check that follows, not an overflow here.
    static TimeSpan Seconds(double seconds) =>
        double.IsFinite(seconds) && Math.Abs(seconds) < 1e10 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;

    static InvalidOperationException Refuse(Type handler, string problem) => new($"The job handler {handler.FullName} {problem}.");
}
