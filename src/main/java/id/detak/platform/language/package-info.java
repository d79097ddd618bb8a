/**
 * The languages of pages and messages, and the texts outside of pages. Pages have message bundles of Qute, which the
 * build checks against the templates; the texts of alerts and messages are also needed where no template engine runs.
 */
package id.detak.platform.language;
