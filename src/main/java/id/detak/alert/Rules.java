package id.detak.alert;

import id.detak.alert.rule.Rule;
import id.detak.database.TransientFailures;
import id.detak.notify.ChannelUsers;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.logging.Log;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored rules. */
@ApplicationScoped
class Rules implements PanacheRepositoryBase<RuleEntity, UUID>, ChannelUsers {

    private final RuleJson json;
    private final Clock clock;

    Rules(RuleJson json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    record Stored(UUID id, Rule rule, Instant createdAt) {}

    /** The oldest first. */
    @Transactional
    List<Stored> all() {
        return listAll(Sort.by("createdAt", "id")).stream()
                .flatMap(entity -> read(entity).stream())
                .toList();
    }

    @Transactional
    Optional<Stored> find(UUID id) {
        return findByIdOptional(id).flatMap(this::read);
    }

    /** Keeps others from changing the rule until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    Optional<Stored> lock(UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).flatMap(this::read);
    }

    /** A rule that cannot be read, for example one of a later version, does not stop the others or the recording. */
    private Optional<Stored> read(RuleEntity entity) {
        try {
            return Optional.of(new Stored(entity.id(), json.read(entity.definition()), entity.createdAt()));
        } catch (IllegalStateException e) {
            Log.errorf(
                    "Rule %s cannot be read and is not evaluated: %s", entity.id(), TransientFailures.rootMessage(e));
            return Optional.empty();
        }
    }

    @Transactional(TxType.MANDATORY)
    void insert(UUID id, Rule rule) {
        persist(new RuleEntity(id, json.write(rule), clock.instant()));
    }

    @Transactional(TxType.MANDATORY)
    void update(UUID id, Rule rule) {
        findById(id).update(json.write(rule), clock.instant());
    }

    @Transactional(TxType.MANDATORY)
    void remove(UUID id) {
        deleteById(id);
    }

    @Override
    public List<String> usersOf(UUID channel) {
        return all().stream()
                .map(Stored::rule)
                .filter(rule -> rule.channels().contains(channel))
                .map(Rule::name)
                .toList();
    }
}
