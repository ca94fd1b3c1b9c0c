export declare function packageLicence(root: string, folder: string): string;
