import { startChart } from './chart.js';
import { startLive } from './live.js';
import './style.css';

const chart = startChart();
startLive(chart);
