export const findNearest = () => 'application/x-amz-json-1.1'
