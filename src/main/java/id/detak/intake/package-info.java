/**
 * The door. However a page comes in (poll, import, {@code POST}), {@link id.detak.intake.Intake} takes it, and its one
 * transactional method is the way of the data: keep the capture, read the strip, record the observations, tell the streams.
 * Start reading here. Beside the door: {@link id.detak.intake.Reparse} reads what is stored again,
 * {@link id.detak.intake.VoidService} takes out what is wrong, and {@link id.detak.intake.SourceMonitor} watches the sources themselves.
 *
 * <p>While the database cannot be reached, {@link id.detak.intake.OfflinePolls} polls by what it knew last, and what it gets waits in
 * the {@link id.detak.intake.spool spool} until it can go through the door.
 *
 * <p>{@link id.detak.intake.Poller} finds due sources. It has a thread of its own in place of {@code quarkus-scheduler}, whose
 * triggers are looked at once a second: too coarse for a rhythm of {@code 1s} kept to within a tenth.
 */
package id.detak.intake;
