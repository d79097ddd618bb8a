import { startReadTokens, startSignIn } from './access.js';
import { startAlerts } from './alerts.js';
import { startChannels } from './channels.js';
import { startChoices } from './choices.js';
import { startChart } from './chart/chart.js';
import { startConnection } from './connection.js';
import { startImports } from './imports.js';
import { startIndicators } from './indicators.js';
import { startKiosk } from './kiosk.js';
import { startLive } from './live.js';
import { startMenus } from './menus.js';
import { startOffline } from './offline.js';
import { startPauses } from './pauses.js';
import { startPush } from './push.js';
import { startRules } from './rules.js';
import { startSources } from './sources.js';
import { startStory } from './story.js';
import { Stream } from './stream.js';
import { startTables } from './tables.js';
import { startVoids } from './voids.js';
import { startWatchlist } from './watchlist.js';
import './style.css';
import './quotes.css';
import './chart/chart.css';
import './changes.css';

document.documentElement.classList.add('scripted'); // shows the elements that need JavaScript

startChoices();
startMenus();
if (!startSignIn()) {
  const stream = new Stream();
  startConnection(stream);
  startLive(stream);
  startWatchlist();
  startChart();
  startAlerts(stream);
  startStory();
  startRules();
  startTables();
  startVoids();
  startChannels();
  startPauses();
  startPush();
  startSources();
  startIndicators();
  startImports();
  startReadTokens();
  startKiosk();
  startOffline();
}
