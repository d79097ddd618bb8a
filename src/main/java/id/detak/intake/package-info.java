/**
 * The single entry point for pages. However a page arrives (poll, import, {@code POST}), {@link id.detak.intake.Intake}
 * stores the capture, records the observations, evaluates the rules and notifies, in one transaction. Start reading
 * there.
 *
 * <p>{@link id.detak.intake.Reparse} parses stored captures again, {@link id.detak.intake.VoidService} voids wrong
 * observations, and {@link id.detak.intake.SourceMonitor} notifies about sources that cannot be read.
 *
 * <p>While the database is unavailable, {@link id.detak.intake.OfflinePolls} polls by a schedule in memory, and the
 * fetched pages wait in the {@link id.detak.intake.spool spool}.
 *
 * <p>{@link id.detak.intake.Poller} polls due sources in its own thread. {@code quarkus-scheduler} checks its triggers
 * once a second, which is too coarse for an interval of {@code 1s} with a tolerance of a tenth.
 */
package id.detak.intake;
