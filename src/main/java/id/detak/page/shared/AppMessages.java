package id.detak.page.shared;

import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.capture.FetchOutcome;
import id.detak.capture.SourceProblem.Kind;
import id.detak.capture.Via;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import io.quarkus.qute.i18n.MessageBundle;

/** Texts that several pages share, in {@code messages/msg_en.properties} and {@code msg_id.properties}. */
@MessageBundle
public interface AppMessages {

    String tagline();

    String simulated();

    String indicator();

    String value();

    String change();

    String seen();

    String from();

    String ago(String age);

    String discovered();

    String suspect();

    String suspectWhy(String reason);

    String levelChanged();

    String levelChangedWhy();

    String stale();

    String staleWhy();

    String ofDay(String day);

    String sourceTrouble(String source, String reason, String age, String next);

    String sourceTroubleNoData(String source, String reason, String next);

    String clockTrouble(String source, String difference);

    String sourceDegraded(String source, String since, String reason);

    String sourceAlternates(String source, int rounds, String since);

    String notUnderstood(String source, String pieces);

    String holidaysEnd(String year);

    String dataFile(String problem);

    String noData();

    String notPolledYet(String next);

    String noDataHelp();

    String range();

    String all();

    String chartNeedsScript();

    String noPoints();

    String level();

    String live();

    String offline();

    String capture();

    String captureIntro();

    String source();

    String address();

    String fetched();

    String serverClock();

    String stripClock();

    String outcome();

    String httpStatus();

    String rawStrip();

    String unknownPieces();

    String conflicts();

    String conflictStanding();

    String reason();

    String back();

    String noCapture();

    String at(String when);

    String now();

    String differences();

    String differencesWhy();

    String tradingDay();

    String stored();

    String statedAfter();

    String pages();

    String language();

    String overview();

    String alerts();

    String rules();

    String channels();

    String firingCount(long count);

    String lastGoodPoll(String when);

    String neverPolled();

    String alertsIntro();

    String feed();

    String noAlerts();

    String noAlertsHelp();

    String olderAlerts();

    String newestAlerts();

    String alert();

    String noAlert();

    String allAlerts();

    String severityLabel();

    String severity(Severity severity);

    String state(AlertState state);

    String cause(Cause cause);

    String event(MessageEvent event);

    String deliveryState(String state);

    String ruleType(RuleType type);

    String rule();

    String what();

    String firedAt();

    String worst();

    String resolvedAt();

    String stillFiring();

    String reference();

    String story();

    String time();

    String stateLabel();

    String because();

    String deliveries();

    String noDeliveries();

    String channel();

    String eventLabel();

    String attempts();

    String nextAttempt(String when);

    String action();

    String retry();

    String retryQueued();

    String chartOfAlert();

    String chartAlone();

    String openInChart();

    String rulesIntro();

    String noRules();

    String needsScript();

    String allIndicators();

    String whenDayChange(String percent);

    String whenDropOver(String percent, String window);

    String whenFallOver(String percent, String window);

    String whenRiseOver(String percent, String window);

    String whenBelow(String level);

    String whenAbove(String level);

    String whenNewLow(String window);

    String whenNewHigh(String window);

    String whenSilent(String window);

    String confirmedBy(int count);

    String confirmedFor(String time);

    String resolvesAtPercent(String percent);

    String resolvesAway(String percent);

    String resolvesAtLevel(String level);

    String coolsDown(String time);

    String reminds(String time);

    String quietFromTo(String from, String to);

    String notifies(String names);

    String notifiesNone();

    String off();

    String lastFiring();

    String neverFired();

    String nextEvaluation();

    String nextNever();

    String nextWithQuote();

    String nextSilent(String when);

    String coolingDown(String code, String when);

    String quietUntil(String when);

    String snoozedUntil(String when);

    String snooze();

    String mute();

    String muteMorning();

    String unmute();

    String mutedUntil(String when);

    String muteAll();

    String muteAllWhy();

    String allMutedUntil(String when);

    String sourceOf(String name);

    String sourceProblem(Kind kind);

    String badPollsSince(int polls, String since);

    String cameBack(int rounds);

    String acknowledge();

    String acknowledgedBy(String name, String when);

    String withdraw();

    String withoutSources();

    String sourcesLabel();

    String snoozeHour();

    String snoozeTomorrow();

    String snoozeWeek();

    String wake();

    String edit();

    String delete();

    String cancel();

    String deleteSure();

    String deleteRuleWhy();

    String deleteChannelWhy();

    String newRule();

    String changeRule();

    String preset();

    String presetNone();

    String nameLabel();

    String typeLabel();

    String indicators();

    String percentSize();

    String percentSigned();

    String levelLabel();

    String windowLabel();

    String windowHint();

    String resolvePercentLabel();

    String resolveAwayLabel();

    String resolveLevelLabel();

    String confirmLabel();

    String confirmHint();

    String coolDownLabel();

    String remindLabel();

    String timeHint();

    String quietLabel();

    String quietFrom();

    String quietTo();

    String textLabel();

    String textHint();

    String resolvedTextLabel();

    String resolvedTextHint();

    String noChannels();

    String enabledLabel();

    String save();

    String tryOut();

    String startOver();

    String saved();

    String deleted();

    String working();

    String unreachable();

    String past();

    String pastNever();

    String pastTimes();

    String pastTimesShort();

    String pastNothing();

    String pastShown();

    String chartOf();

    String channelsIntro();

    String keptWhenEmpty();

    String unchanged();

    String removeSetting();

    String testAfterSaving();

    String noChannelsYet();

    String newChannel();

    String channelType();

    String channelTypeName(String type);

    String target();

    String lastDelivery();

    String neverSent();

    String test();

    String testDelivered();

    String testFailed();

    String enable();

    String disable();

    String urlWeb();

    String urlHook();

    String urlNtfy();

    String secretSign();

    String tokenNtfy();

    String tokenBot();

    String chatId();

    String mailTo();

    String mailFrom();

    String mailHost();

    String mailPort();

    String mailSecurity();

    String mailSecurityName(String security);

    String mailUser();

    String mailPassword();

    String tokenTitle();

    String tokenWhy();

    String tokenLabel();

    String continueOn();

    String outcomeName(FetchOutcome outcome);

    String viaName(Via via);

    String messageLanguage();

    String description();

    String skip();

    String menu();

    String theme();

    String themeName(String theme);

    String firingWord();
}
