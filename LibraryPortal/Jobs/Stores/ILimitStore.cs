using LibraryPortal.Jobs.Inspection;

namespace LibraryPortal.Jobs.Stores;

/// <summary>What named limits allow. A store lets no more jobs run, or start, than the rule that holds; a limit without a rule allows everything.</summary>
public interface ILimitStore
{
    /// <summary>Sets or forgets an operator's rule of a limit, which goes before the one that workers declare, and lets jobs go that waited for it.</summary>
    /// <param name="rule">Null forgets it.</param>
    Task SetLimitAsync(string name, LimitRule? rule, CancellationToken cancellationToken);

    /// <summary>The limits that have a rule, by name.</summary>
    Task<IReadOnlyList<LimitRecord>> ListLimitsAsync(CancellationToken cancellationToken);
}
