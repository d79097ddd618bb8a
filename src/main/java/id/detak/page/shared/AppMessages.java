package id.detak.page.shared;

import id.detak.alert.rule.AlertState;
import id.detak.alert.rule.RuleType;
import id.detak.alert.rule.Transition.Cause;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import io.quarkus.qute.i18n.Message;
import io.quarkus.qute.i18n.MessageBundle;

/** The words of the page in English; {@code messages/msg_id.properties} has them in Indonesian. */
@MessageBundle
public interface AppMessages {

    @Message("Indonesian market indicators")
    String tagline();

    @Message("Simulated market: all values on this page are made up.")
    String simulated();

    @Message("Market open, closes {when}")
    String marketOpen(String when);

    @Message("Market open at all hours")
    String marketAlways();

    @Message("Market closed, opens {when}")
    String marketClosed(String when);

    @Message("Indicator")
    String indicator();

    @Message("Value")
    String value();

    @Message("Change")
    String change();

    @Message("Seen")
    String seen();

    @Message("From")
    String from();

    @Message("{age} ago")
    String ago(String age);

    @Message("discovered")
    String discovered();

    @Message("suspect")
    String suspect();

    @Message("Value, change and percent do not agree: this number is not trusted.")
    String suspectCheck();

    @Message("It moved while its market was closed: this number is not trusted.")
    String suspectClosed();

    @Message("stale")
    String stale();

    @Message("Nobody could fetch this value for three polls.")
    String staleWhy();

    @Message("of trading day {day}")
    String ofDay(String day);

    @Message("The source {source} could not be read: {reason} The newest value below is {age} old. Next try {next}.")
    String sourceTrouble(String source, String reason, String age, String next);

    @Message("The source {source} could not be read: {reason} Next try {next}.")
    String sourceTroubleNoData(String source, String reason, String next);

    @Message("The clock of {source} differs from ours by {difference}: one of the two is wrong.")
    String clockTrouble(String source, String difference);

    @Message("The page of {source} reads worse since {since}. {reason} Its layout may have changed; the pages are kept.")
    String sourceWorse(String source, String since, String reason);

    @Message("Not understood in the strip of {source}: {pieces}")
    String notUnderstood(String source, String pieces);

    @Message("The exchange's holidays are known up to {year}: from then on Monday to Friday count as trading days. Add the new ones to idx-holidays.csv in the data folder.")
    String holidaysEnd(String year);

    @Message("A data file could not be read: {problem}")
    String dataFile(String problem);

    @Message("No values yet")
    String noData();

    @Message("The source has not been asked yet. The first try is {next}.")
    String notAskedYet(String next);

    @Message("Where the site cannot be reached, hand in saved pages with the command import, or look at the simulated market: start Detak with DETAK_DEMO=true.")
    String noDataHelp();

    @Message("Range")
    String range();

    @Message("All")
    String all();

    @Message("The chart needs JavaScript; the numbers above do not.")
    String chartNeedsScript();

    @Message("No points in this range.")
    String noPoints();

    @Message("Level")
    String level();

    @Message("live")
    String live();

    @Message("not connected, trying again")
    String offline();

    @Message("Capture")
    String capture();

    @Message("Where these numbers came from")
    String captureIntro();

    @Message("Source")
    String source();

    @Message("Address")
    String address();

    @Message("Fetched")
    String fetched();

    @Message("The server's clock said")
    String serverClock();

    @Message("Outcome")
    String outcome();

    @Message("HTTP status")
    String httpStatus();

    @Message("Raw strip")
    String rawStrip();

    @Message("Not understood")
    String unknownPieces();

    @Message("Contradicts what was stored before for the same moment; the first stands")
    String conflicts();

    @Message("what stands")
    String conflictStanding();

    @Message("Reason")
    String reason();

    @Message("Back to the overview")
    String back();

    @Message("There is no such capture.")
    String noCapture();

    @Message("at {when}")
    String at(String when);

    @Message("now")
    String now();

    @Message("Closes that do not agree")
    String differences();

    @Message("What is stored as a day's close, and what a capture of the next trading day says it was (value less change): a move was missed, or a number is wrong.")
    String differencesWhy();

    @Message("Trading day")
    String tradingDay();

    @Message("Stored")
    String stored();

    @Message("Stated the day after")
    String statedAfter();

    @Message("Pages")
    String pages();

    @Message("Language")
    String language();

    @Message("Overview")
    String overview();

    @Message("Alerts")
    String alerts();

    @Message("Rules")
    String rules();

    @Message("Channels")
    String channels();

    @Message("{count} firing")
    String firingCount(long count);

    @Message("Last good poll {when}")
    String lastGoodPoll(String when);

    @Message("No good poll yet")
    String neverPolled();

    @Message("What the rules found. Those that fire stand first.")
    String alertsIntro();

    @Message("Atom feed")
    String feed();

    @Message("No alert has fired yet.")
    String noAlerts();

    @Message("A rule says what to watch for; make one on the page of rules.")
    String noAlertsHelp();

    @Message("Older alerts")
    String olderAlerts();

    @Message("Newest alerts")
    String newestAlerts();

    @Message("Alert")
    String alert();

    @Message("There is no such alert.")
    String noAlert();

    @Message("All alerts")
    String allAlerts();

    @Message("Severity")
    String severityLabel();

    @Message("{#when severity}{#is INFO}info{#is WARNING}warning{#is CRITICAL}critical{/when}")
    String severity(Severity severity);

    @Message("{#when state}{#is NO_DATA}no data{#is OK}ok{#is PENDING}pending{#is FIRING}firing{#is RESOLVED}resolved{/when}")
    String state(AlertState state);

    @Message("{#when cause}{#is VALUE}the value{#is NEW_DAY}a new trading day{#is SILENCE}nothing came{#is RULE_CHANGED}the rule was changed, switched off or deleted{#is VOIDED}a number that it went by was voided{/when}")
    String cause(Cause cause);

    @Message("{#when event}{#is FIRING}firing{#is RESOLVED}resolved{#is REMINDER}reminder{#is TEST}test{/when}")
    String event(MessageEvent event);

    @Message("{#switch state}{#case 'waiting'}waiting{#case 'delivered'}delivered{#case 'failed'}failed{#case 'skipped'}skipped{/switch}")
    String deliveryState(String state);

    @Message("{#when type}{#is DAY_CHANGE}falls in a day{#is DROP_OVER}falls from the highest of a window{#is CHANGE_OVER}changes over a window{#is BELOW}is below a level{#is ABOVE}is above a level{#is NEW_LOW}lowest of a window{#is NEW_HIGH}highest of a window{#is SILENT}nothing new comes{/when}")
    String ruleType(RuleType type);

    @Message("Rule")
    String rule();

    @Message("What happened")
    String what();

    @Message("Fired")
    String firedAt();

    @Message("At its worst")
    String worst();

    @Message("Resolved")
    String resolvedAt();

    @Message("still firing")
    String stillFiring();

    @Message("Measured against")
    String reference();

    @Message("Story")
    String story();

    @Message("Time")
    String time();

    @Message("State")
    String stateLabel();

    @Message("Because of")
    String because();

    @Message("What was told where")
    String told();

    @Message("Nobody was told: the rule has no channel.")
    String toldNobody();

    @Message("Channel")
    String channel();

    @Message("Message")
    String eventLabel();

    @Message("Tries")
    String tries();

    @Message("next try {when}")
    String triedNext(String when);

    @Message("Action")
    String action();

    @Message("Send again")
    String sendAgain();

    @Message("It waits to be sent again.")
    String waitsAgain();

    @Message("The indicator around the alert")
    String chartOfAlert();

    @Message("The chart needs JavaScript; the rest of the page does not.")
    String chartAlone();

    @Message("When to tell whom. A rule is held against each observation from the next on.")
    String rulesIntro();

    @Message("No rules yet. Start from one of the presets below.")
    String noRules();

    @Message("Making and changing needs JavaScript; reading does not.")
    String needsScript();

    @Message("all indicators")
    String allIndicators();

    @Message("falls {percent}% or more in a day")
    String whenDayChange(String percent);

    @Message("falls {percent}% or more from its highest in {window}")
    String whenDropOver(String percent, String window);

    @Message("falls {percent}% or more within {window}")
    String whenFallOver(String percent, String window);

    @Message("rises {percent}% or more within {window}")
    String whenRiseOver(String percent, String window);

    @Message("is below {level}")
    String whenBelow(String level);

    @Message("is above {level}")
    String whenAbove(String level);

    @Message("is at its lowest in {window}")
    String whenNewLow(String window);

    @Message("is at its highest in {window}")
    String whenNewHigh(String window);

    @Message("nothing new for {window} of open market")
    String whenSilent(String window);

    @Message("after {count} observations in a row")
    String confirmedBy(int count);

    @Message("after it was so for {time}")
    String confirmedFor(String time);

    @Message("resolves at less than {percent}%")
    String resolvesAtPercent(String percent);

    @Message("resolves {percent}% away from it")
    String resolvesAway(String percent);

    @Message("resolves at {level}")
    String resolvesAtLevel(String level);

    @Message("again after {time} at the earliest")
    String coolsDown(String time);

    @Message("reminds every {time}")
    String reminds(String time);

    @Message("quiet {from}–{to} WIB")
    String quietFromTo(String from, String to);

    @Message("tells {names}")
    String toChannels(String names);

    @Message("tells nobody")
    String tellsNobody();

    @Message("off")
    String off();

    @Message("snoozed until {when}")
    String snoozedUntil(String when);

    @Message("Snooze")
    String snooze();

    @Message("1 hour")
    String snoozeHour();

    @Message("until tomorrow 07:00 WIB")
    String snoozeTomorrow();

    @Message("1 week")
    String snoozeWeek();

    @Message("Wake")
    String wake();

    @Message("Change")
    String edit();

    @Message("Delete")
    String delete();

    @Message("Cancel")
    String cancel();

    @Message("Delete %name%?")
    String deleteSure();

    @Message("Its alerts stay readable; those that fire end.")
    String deleteRuleWhy();

    @Message("What waits for it is not sent.")
    String deleteChannelWhy();

    @Message("New rule")
    String newRule();

    @Message("Change %name%")
    String changeRule();

    @Message("Start from")
    String preset();

    @Message("choose a preset")
    String presetNone();

    @Message("Name")
    String nameLabel();

    @Message("Fires when it")
    String typeLabel();

    @Message("Indicators")
    String indicators();

    @Message("Size of the fall, %")
    String percentSize();

    @Message("Change, % (−3: a fall of 3%)")
    String percentSigned();

    @Message("Level")
    String levelLabel();

    @Message("Window")
    String windowLabel();

    @Message("30m, 12h, 30d, 1w, or 5td for trading days")
    String windowHint();

    @Message("Resolves at less than, %")
    String resolvePercentLabel();

    @Message("Resolves so far from it, %")
    String resolveAwayLabel();

    @Message("Resolves at")
    String resolveLevelLabel();

    @Message("Confirmation")
    String confirmLabel();

    @Message("observations in a row (2) or a time (10m)")
    String confirmHint();

    @Message("Again at the earliest after")
    String coolDownLabel();

    @Message("Remind every")
    String remindLabel();

    @Message("1h, 1d; empty: not")
    String timeHint();

    @Message("Quiet hours, WIB")
    String quietLabel();

    @Message("from")
    String quietFrom();

    @Message("to")
    String quietTo();

    @Message("Text")
    String textLabel();

    @Message("Empty: the usual words. What may stand in it:")
    String textHint();

    @Message("There are no channels yet; alerts are shown here all the same.")
    String noChannels();

    @Message("Enabled")
    String enabledLabel();

    @Message("Save")
    String save();

    @Message("Try on the past")
    String tryOut();

    @Message("Start over")
    String startOver();

    @Message("Saved.")
    String saved();

    @Message("Deleted.")
    String deleted();

    @Message("One moment …")
    String working();

    @Message("The server did not answer. Try again.")
    String unreachable();

    @Message("On the past")
    String past();

    @Message("It would never have fired in %from% to %to% (%observations% observations).")
    String pastNever();

    @Message("It would have fired %count%×, %month%× a month, from %from% to %to% (%observations% observations).")
    String pastTimes();

    @Message("It would have fired %count%× from %from% to %to% (%observations% observations).")
    String pastTimesShort();

    @Message("Nothing is stored yet that it could be tried on.")
    String pastNothing();

    @Message("The first %count% firings are listed.")
    String pastShown();

    @Message("Chart of")
    String chartOf();

    @Message("Where messages go. Addresses and secrets are stored encrypted and never shown again.")
    String channelsIntro();

    @Message("No channels yet.")
    String noChannelsYet();

    @Message("New channel")
    String newChannel();

    @Message("Type")
    String channelType();

    @Message("{#switch type}{#case 'email'}E-mail{#case 'telegram'}Telegram{#case 'slack'}Slack{#case 'discord'}Discord{#case 'ntfy'}ntfy{#case 'webhook'}Webhook{/switch}")
    String channelTypeName(String type);

    @Message("Target")
    String target();

    @Message("Last message")
    String lastDelivery();

    @Message("nothing sent yet")
    String neverSent();

    @Message("Test")
    String test();

    @Message("The test message to %name% was taken.")
    String testDelivered();

    @Message("The test message to %name% was not taken: %reason%")
    String testFailed();

    @Message("Enable")
    String enable();

    @Message("Disable")
    String disable();

    @Message("Address (https://…)")
    String urlWeb();

    @Message("Incoming webhook's address")
    String urlHook();

    @Message("Address with the topic (https://ntfy.sh/my-topic)")
    String urlNtfy();

    @Message("Secret to sign with (may be empty)")
    String secretSign();

    @Message("Access token (may be empty)")
    String tokenNtfy();

    @Message("Bot token, as BotFather showed it")
    String tokenBot();

    @Message("Chat id, or @name of a channel")
    String chatId();

    @Message("To (several with commas)")
    String mailTo();

    @Message("From")
    String mailFrom();

    @Message("Mail server")
    String mailHost();

    @Message("Port (empty: the usual one)")
    String mailPort();

    @Message("Security")
    String mailSecurity();

    @Message("{#switch security}{#case 'starttls'}STARTTLS{#case 'tls'}TLS{#case 'none'}none{/switch}")
    String mailSecurityName(String security);

    @Message("User (may be empty)")
    String mailUser();

    @Message("Password (may be empty)")
    String mailPassword();

    @Message("Add")
    String add();

    @Message("The admin's token")
    String tokenTitle();

    @Message("Changing things needs the admin's token. It signs you in until you sign out.")
    String tokenWhy();

    @Message("Token")
    String tokenLabel();

    @Message("Continue")
    String continueOn();
}
