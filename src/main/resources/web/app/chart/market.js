// The API requests of the chart; null if the server is unreachable or returns an error.

/** @param from, to, interval, maxPoints, measure: parameters of the API; empty ones are omitted */
export function history(code, parameters) {
  return get(`/api/v1/indicators/${encodeURIComponent(code)}/history`, { maxPoints: 1500, ...parameters });
}

export function comparison(codes, parameters) {
  return get('/api/v1/compare', { codes: codes.join(','), maxPoints: 1500, ...parameters });
}

/** @param parameters from and to, or to and days (how many trading days) */
export function sessions(code, parameters) {
  return get(`/api/v1/indicators/${encodeURIComponent(code)}/sessions`, parameters);
}

export function observations(code, parameters) {
  return get(`/api/v1/indicators/${encodeURIComponent(code)}/observations`, parameters);
}

export function alerts(code, parameters) {
  return get('/api/v1/alerts', { code, limit: 500, ...parameters });
}

async function get(path, parameters) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value != null && value !== ''));
  try {
    // revalidates, so that a void is visible at once
    const response = await fetch(`${path}?${query}`, { cache: 'no-cache' });
    return response.ok ? await response.json() : null;
  } catch {
    return null; // the page shows that the server is unreachable
  }
}
