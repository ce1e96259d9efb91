using Microsoft.AspNetCore.Components;

namespace LibraryPortal.Components.Shared.Slots;

/// <summary>Adds a slice's component to a place owned by another part of the portal.</summary>
public static class SlotExtensions
{
    /// <summary>Renders <typeparamref name="TComponent"/> wherever <c>&lt;Slot Name="…" /&gt;</c> of that name stands.</summary>
    /// <param name="slot">One of <see cref="SlotNames"/>.</param>
    /// <param name="order">Lower comes first; 100 unless told.</param>
    public static IServiceCollection AddSlot<TComponent>(this IServiceCollection services, string slot, int order = 100)
        where TComponent : IComponent =>
        services.AddSingleton(new SlotPart(slot, typeof(TComponent), order));
}
