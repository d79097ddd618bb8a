/** The page of imports, which lists them and takes one back. */
package id.detak.page.imports;
